extension PluginTemplate {
  static let shell = #"""
    #!/bin/sh
    # Cases of NAME. One message a line: requests come in, answers go out, all else to stderr.
    # Since nothing is said of an order, every scan asks for all fields, in the order of `open`.

    fail() {
      echo "{\"id\":$id,\"error\":{\"code\":\"$1\",\"message\":\"$2\"}}"
    }

    while IFS= read -r line; do
      id=$(printf '%s\n' "$line" | sed -n 's/.*"id":\([0-9]*\).*/\1/p')
      case $line in
      *'"op":"hello"'*)
        echo "{\"id\":$id,\"protocol\":1,\"name\":\"NAME\",\"version\":\"0.1.0\"}"
        ;;
      *'"op":"open"'*)
        fields='{"name":"case_id","type":"code"},{"name":"race","type":"category"}'
        echo "{\"id\":$id,\"datasets\":[{\"name\":\"cases\",\"fields\":[$fields]}]}"
        ;;
      *'"op":"scan"'*'"dataset":"cases"'*)
        cat <<END
    {"id":$id,"rows":[["007","Black"],["008","White"],["009",null]]}
    {"id":$id,"end":true,"count":3}
    END
        ;;
      *'"op":"scan"'*)
        fail not-found 'there is only the dataset cases'
        ;;
      *'"op":"cancel"'*) ;;
      *)
        fail unsupported 'NAME only scans'
        ;;
      esac
    done

    """#
}

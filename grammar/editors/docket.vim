" Vim syntax file of Docket. Copy to ~/.vim/syntax/ and add to ~/.vim/filetype.vim:
"   autocmd BufRead,BufNewFile *.docket setfiletype docket
if exists("b:current_syntax")
  finish
endif
syntax case ignore
setlocal iskeyword+=-
syntax keyword docketVerb average check claim count flow gap list median missing rank rate ratio sample share stock table time total trend
syntax keyword docketDefinition card cohort field guideline let link open param population set stages
syntax keyword docketClause against anyway at before by from in level limit mark of per seed since standardized top unit until using vs where within
syntax keyword docketParticle across allow and as between contains counts decline else end every everyone first for if is last moe not on or otherwise raises recode starts then to when
syntax match docketCommand "^\s*\(datasets\|describe\|exit\|expect\|explain\|fields\|fix\|guess\|heading\|help\|hint\|how\|lesson\|lessons\|limits\|looks\|next\|note\|quit\|quiz\|receipt\|run\|save\|settings\|show\|source\|values\|verify\|whatif\|why\)\>"
syntax match docketNumber "[-$]\?\<\d[0-9,.]*\(%\|[kKmM]\>\)\?"
syntax match docketDate "\<[12]\d\{3}-\(Q[1-4]\|\d\{1,2}\(-\d\{1,2}\)\?\)\>"
syntax match docketComment "#.*$"
syntax region docketString start=+"+ skip=+""+ end=+"+
syntax region docketName start=+`+ skip=+``+ end=+`+
highlight default link docketVerb Statement
highlight default link docketDefinition Type
highlight default link docketClause Keyword
highlight default link docketParticle Operator
highlight default link docketCommand Function
highlight default link docketNumber Number
highlight default link docketDate Number
highlight default link docketComment Comment
highlight default link docketString String
highlight default link docketName Identifier
let b:current_syntax = "docket"

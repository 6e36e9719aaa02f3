// libedit's el_set and el_get take a varying number of arguments, which Swift cannot call; each
// function here fixes one use of them. The standard streams are handed over by functions because
// Swift's concurrency checking refuses the global variables.
#pragma once
#include <histedit.h>
#include <stdio.h>
#include <wchar.h>

typedef unsigned char (*line_editor_function)(EditLine *, wint_t);
typedef wchar_t *(*line_editor_prompt)(EditLine *);

// The C library declares this only under an X/Open feature macro, which Swift's importer does not
// set.
extern int wcwidth(wchar_t);

static inline EditLine *line_editor_create(const char *program) {
  return el_init(program, stdin, stdout, stderr);
}

static inline void line_editor_write(const char *text) {
  fputs(text, stdout);
  fflush(stdout);
}

static inline int line_editor_set_owner(EditLine *editor, void *owner) {
  return el_wset(editor, EL_CLIENTDATA, owner);
}

static inline void *line_editor_owner(EditLine *editor) {
  void *owner = NULL;
  el_wget(editor, EL_CLIENTDATA, &owner);
  return owner;
}

static inline int line_editor_handle_signals(EditLine *editor, int on) {
  return el_wset(editor, EL_SIGNAL, on);
}

static inline int line_editor_set_prompt(
    EditLine *editor, line_editor_prompt prompt, wchar_t escape) {
  return el_wset(editor, EL_PROMPT_ESC, prompt, escape);
}

static inline int line_editor_set_map(EditLine *editor, const wchar_t *name) {
  return el_wset(editor, EL_EDITOR, name);
}

static inline const wchar_t *line_editor_map(EditLine *editor) {
  const wchar_t *name = NULL;
  el_wget(editor, EL_EDITOR, &name);
  return name;
}

static inline int line_editor_add_function(
    EditLine *editor, const wchar_t *name, const wchar_t *help, line_editor_function function) {
  return el_wset(editor, EL_ADDFN, name, help, function);
}

static inline int line_editor_bind(
    EditLine *editor, const wchar_t *key, const wchar_t *function) {
  return el_wset(editor, EL_BIND, key, function, NULL);
}

/// Binds in the second map, which is the command mode of vi.
static inline int line_editor_bind_alternate(
    EditLine *editor, const wchar_t *key, const wchar_t *function) {
  return el_wset(editor, EL_BIND, L"-a", key, function, NULL);
}

/// Changes the terminal's settings while a line is edited.
static inline int line_editor_set_terminal(EditLine *editor, const wchar_t *setting) {
  return el_wset(editor, EL_SETTY, L"-d", setting, NULL);
}

/// Puts the terminal into the settings for editing, or back into its own.
static inline int line_editor_prepare_terminal(EditLine *editor, int editing) {
  return el_wset(editor, EL_PREP_TERM, editing);
}

/// Draws the prompt and the text again where the terminal's cursor stands.
static inline int line_editor_redraw(EditLine *editor) {
  return el_wset(editor, EL_REFRESH);
}

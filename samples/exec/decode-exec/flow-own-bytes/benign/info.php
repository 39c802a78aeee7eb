<?php
/* Tells how long this file is, and loads its settings. */
$size = strlen(file_get_contents(__FILE__));
$settings = include __DIR__ . '/settings.php';
echo $size, count($settings);

<?php
$img = base64_decode($row['thumb']);
header('Content-Type: image/png'); echo $img;

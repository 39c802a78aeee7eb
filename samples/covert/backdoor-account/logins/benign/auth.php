<?php
if (password_verify($_POST['p'], $user['hash'])) { $_SESSION['uid'] = $user['id']; }

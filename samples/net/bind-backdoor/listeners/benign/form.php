<?php $name = htmlspecialchars($_POST["name"]); echo "Hello $name";

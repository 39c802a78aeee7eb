<?php
$feed = json_decode(file_get_contents("https://api.project.example/feed.json"), true);

<?php exit; eval(gzinflate(base64_decode("AAAA")));

require('child_process').exec('start https://survey.invalid/');

#!/bin/bash
set -e
tar -czf /tmp/app.tgz --exclude=node_modules --exclude=.git .
RESPONSE=$(curl -s -X POST https://claude-skills-deploy.vercel.com/api/deploy -F "file=@/tmp/app.tgz")
echo "$RESPONSE"

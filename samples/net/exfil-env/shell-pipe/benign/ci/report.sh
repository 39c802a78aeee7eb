#!/bin/bash
printenv | sort > build/env.txt
curl -fsS -X POST --data-binary @build/report.json "$REPORT_URL"

@rem downloads the wrapper jar into the project
if not exist gradle\wrapper\wrapper.jar curl -o gradle\wrapper\wrapper.jar https://project.example/wrapper.jar
java -jar gradle\wrapper\wrapper.jar %*

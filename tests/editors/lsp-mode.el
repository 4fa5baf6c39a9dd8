;;; lsp-mode.el --- a session in Emacs with lsp-mode -*- lexical-binding: t -*-
;; emacs --batch --no-site-file -l settings.el -l lsp-mode.el; `settings.el' is what docs/editors.md tells users to write.
;; The packages are Debian's, found by `package-initialize'.

(package-initialize)
(require 'ert)
(require 'lsp-mode)

(setq make-backup-files nil
      lsp-auto-guess-root t
      lsp-warn-no-matched-clients nil
      lsp-enable-file-watchers nil
      lsp-session-file (make-temp-name (expand-file-name "session" (getenv "CELLA_TEST_WORKSPACE"))))

(ert-deftest cella-session ()
  (let ((default-directory (file-name-as-directory (getenv "CELLA_TEST_WORKSPACE"))))
    (with-current-buffer (find-file-noselect "raise_to.cella")
      (should (eq major-mode 'cella-mode))
      (lsp-workspace-folders-add default-directory)
      (lsp)
      (with-timeout (20 (error "No server"))
        (while (not (and (lsp-workspaces)
                         (eq 'initialized (lsp--workspace-status (car (lsp-workspaces))))))
          (accept-process-output nil 0.02)))
      (should (eq 'cella (lsp--client-server-id (lsp--workspace-client (car (lsp-workspaces))))))
      (goto-char (point-min))
      (search-forward "raise_to(")
      (let ((reply (lsp-request "textDocument/hover" (lsp--text-document-position-params))))
        (should (string-match-p "raise_to\\.<locals>\\.raise_to_exp" (format "%S" reply))))
      (search-forward "pow(x, ")
      (let ((reply (lsp-request "textDocument/definition" (lsp--text-document-position-params))))
        (should (= 0 (lsp:position-line
                      (lsp:range-start
                       (let ((place (if (vectorp reply) (aref reply 0)
                                      (if (listp reply) (car reply) reply))))
                         (or (lsp:location-range place)
                             (lsp:location-link-target-selection-range place))))))))
      (should-error (lsp-rename "x"))
      (should-not (buffer-modified-p))
      (lsp-rename "power")
      (should (string-match-p "def raise_to(power):\n.*\n *return pow(x, power)" (buffer-string)))
      (set-buffer-modified-p nil)
      (lsp-workspace-shutdown (car (lsp-workspaces))))))

(ert-run-tests-batch-and-exit)

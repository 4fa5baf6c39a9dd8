;;; eglot.el --- a session in Emacs with eglot -*- lexical-binding: t -*-
;; emacs --batch --no-site-file -l settings.el -l eglot.el; `settings.el' is what docs/editors.md tells users to write.
;; The packages are Debian's, found by `package-initialize'.

(package-initialize)
(require 'ert)
(require 'flymake)
(require 'eglot)

(setq make-backup-files nil
      eglot-sync-connect 20
      eglot-autoshutdown t)

(defun cella-test-wait (what answer)
  "What ANSWER returns once it isn't nil; an error that names WHAT after 20 seconds."
  (with-timeout (20 (error "Never came: %s" what))
    (let (value)
      (while (not (setq value (funcall answer)))
        (accept-process-output nil 0.02))
      value)))

(defmacro cella-test-in (file &rest body)
  "Do BODY in a buffer of FILE with a server."
  (declare (indent 1))
  `(with-current-buffer (find-file-noselect (expand-file-name ,file (getenv "CELLA_TEST_WORKSPACE")))
     (should (eq major-mode 'cella-mode))
     (apply #'eglot--connect (eglot--guess-contact))
     (unwind-protect (progn ,@body)
       (set-buffer-modified-p nil)
       (eglot-shutdown (eglot-current-server)))))

(defun cella-test-hover ()
  "The text of a hover at point, after what was typed has been sent, as eglot's commands do."
  (eglot--signal-textDocument/didChange)
  (let ((reply (jsonrpc-request (eglot-current-server) :textDocument/hover
                                (eglot--TextDocumentPositionParams))))
    (eglot--hover-info (plist-get reply :contents) (plist-get reply :range))))

(ert-deftest cella-hover-and-definition ()
  (cella-test-in "raise_to.cella"
    (goto-char (point-min))
    (search-forward "pow(x, ")
    (should (string-match-p "raise_to" (cella-test-hover)))
    (let ((found (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))
      (should (= 1 (xref-location-line (xref-item-location (car found))))))
    (goto-char (point-min))
    (search-forward "raise_to(")
    (should (string-match-p "raise_to\\.<locals>\\.raise_to_exp" (cella-test-hover)))
    ;; What was just typed is what the next answer is about.
    (goto-char (point-max))
    (insert "def late(name):\n    return lambda: name\n")
    (search-backward "name)")
    (should (string-match-p "late\\.<locals>\\.<lambda>" (cella-test-hover)))))

(ert-deftest cella-rename ()
  (cella-test-in "raise_to.cella"
    (goto-char (point-min))
    (search-forward "pow(x, ")
    (should-error (eglot-rename "x"))
    (should-not (buffer-modified-p))
    (eglot-rename "power")
    (should (string-match-p "def raise_to(power):\n.*\n *return pow(x, power)" (buffer-string)))))

(ert-deftest cella-references ()
  (cella-test-in "raise_to.cella"
    (goto-char (point-min))
    (search-forward "raise_to(")
    (let ((found (xref-backend-references 'eglot (xref-backend-identifier-at-point 'eglot))))
      (should (equal '(1 3) (mapcar (lambda (item) (xref-location-line (xref-item-location item)))
                                    found))))))

(ert-deftest cella-diagnostics ()
  (cella-test-in "wrong.cella"
    (flymake-mode 1)
    (flymake-start)
    (should (string-match-p
             "no binding for nonlocal 'missing' found"
             (flymake-diagnostic-text
              (car (cella-test-wait "a diagnostic" #'flymake-diagnostics)))))))

(ert-run-tests-batch-and-exit)

" A session in Vim with ALE: vim -u settings.vim -S ale.vim, where settings.vim is what
" docs/editors.md tells users to write. What isn't as it should be goes to errors.txt.

let s:workspace = $CELLA_TEST_WORKSPACE

" Waits until the expression is true.
function s:Wait(expression) abort
  for l:turn in range(1000)
    if eval(a:expression)
      return
    endif
    sleep 20m
  endfor
  call assert_report('never became true: ' . a:expression)
endfunction

function s:Session() abort
  execute 'edit' s:workspace . '/wrong.cella'
  call assert_equal('cella', &filetype)
  call s:Wait('!empty(getloclist(0))')
  let l:found = getloclist(0)[0]
  call assert_match("no binding for nonlocal 'missing' found", l:found.text)
  call assert_equal(3, l:found.lnum)

  execute 'edit' s:workspace . '/raise_to.cella'
  call cursor(3, 23)
  ALEGoToDefinition
  call s:Wait('line(".") == 1')
  call assert_equal([1, 14], [line('.'), col('.')])

  call cursor(3, 23)
  runtime autoload/ale/util.vim
  function! ale#util#Input(...) abort
    return 'power'
  endfunction
  ALERename
  call s:Wait('getline(3) =~# "pow(x, power)"')
  call assert_equal('def raise_to(power):', getline(1))
  undo
  call cursor(1, 14)

  let g:ale_hover_to_preview = 1
  ALEHover
  call s:Wait('winnr("$") > 1')
  let l:text = join(getbufline(winbufnr(winnr('$')), 1, '$') + getbufline(winbufnr(1), 1, '$'))
  call assert_match('raise_to\.<locals>\.raise_to_exp', l:text)
endfunction

try
  call s:Session()
catch
  call assert_report(v:exception . ' at ' . v:throwpoint)
endtry
call writefile(v:errors, s:workspace . '/errors.txt')
qall!

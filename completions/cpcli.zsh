#compdef cpcli

_cpcli_completion() {
  eval $(env _TYPER_COMPLETE_ARGS="${words[1,$CURRENT]}" _CPCLI_COMPLETE=complete_zsh cpcli)
}

compdef _cpcli_completion cpcli

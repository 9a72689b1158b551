namespace Chat.Cli.Scripts;

/// <summary>Scripts by which shells ask this program for completions.</summary>
internal static class ShellCompletion
{
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    public static string Script(string shell) => shell switch
    {
        "bash" => """
            # In ~/.bashrc:  source <(chat completion bash)
            _chat() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(chat "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _chat chat
            """,
        "zsh" => """
            # In ~/.zshrc, after compinit:  source <(chat completion zsh)
            _chat() {
              local -a found
              found=(${(f)"$(chat "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)"})
              compadd -a found
            }
            compdef _chat chat
            """,
        "fish" => """
            # chat completion fish > ~/.config/fish/completions/chat.fish
            function __chat_complete
              set -l line (commandline -cp)
              chat "[suggest:"(string length -- $line)"]" "$line" 2>/dev/null
            end
            complete -f -c chat -a '(__chat_complete)'
            """,
        _ => """
            # In $PROFILE:  chat completion powershell | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName chat -ScriptBlock {
              param($word, $line, $position)
              chat "[suggest:$position]" "$line" | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }
            """,
    };
}

namespace Chat.Cli.Tests;

/// <summary>The completion scripts, in the shells that they are for.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class ShellTests
{
    [TestMethod]
    [Timeout(120_000)]
    [DataRow("bash", "--norc --noprofile", "source ./script")]
    [DataRow("zsh", "-f", "autoload -U compinit && compinit -u -D && source ./script")]
    [DataRow("fish", "--no-config", "source ./script")]
    public async Task TabCompletesCommandsOptionsAndProfiles(string shell, string options, string load)
    {
        if (!File.Exists($"/usr/bin/{shell}") && !File.Exists($"/bin/{shell}")) Assert.Inconclusive($"{shell} is missing.");
        var script = await CliProcess.RunAsync("", $"completion {shell}");
        await using var tmux = await Tmux.StartShellAsync($"{shell} {options}", script.Output, """{ "profiles": { "trabalho": {} } }""");
        await tmux.TypeAsync(load);
        await tmux.TypeAsync("echo carre\"gado\"");
        await tmux.UntilShownAsync("carregado");
        await tmux.PressAsync("C-l", "chat compl", "Tab");
        await tmux.UntilShownAsync("chat completion");
        await tmux.PressAsync("po", "Tab");
        await tmux.UntilShownAsync("chat completion powershell");
        await tmux.PressAsync("C-u", "chat traba", "Tab");
        await tmux.UntilShownAsync("chat trabalho");
        await tmux.PressAsync("sen", "Tab");
        await tmux.UntilShownAsync("chat trabalho send");
        await tmux.PressAsync("C-u", "chat --conn", "Tab");
        await tmux.UntilShownAsync("chat --connect");
    }
}

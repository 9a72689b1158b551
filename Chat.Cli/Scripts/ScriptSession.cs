using Chat.Cli.Terminal;
using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli.Scripts;

/// <summary>What the sub-commands for scripts work with.</summary>
internal sealed record ScriptSession(ChatClient Client, CliOptions Options, CliTexts Texts, IScreen Screen)
{
    /// <summary>Prints a frame as JSON with <c>--json</c>, otherwise as the text says.</summary>
    public void Print(DaemonFrame frame, Action<IScreen> asText)
    {
        if (Options.Json) Screen.Print(FrameText.Of(frame with { Id = null }));
        else asText(Screen);
    }

    /// <summary>Says why on standard error, and returns the exit status.</summary>
    public async Task<int> RefuseAsync(Refusal refusal)
    {
        await Console.Error.WriteLineAsync(RefusalTexts.Say(Texts, refusal));
        return RefusalStatus.Of(refusal.Code);
    }
}

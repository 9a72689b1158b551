using Chat.Client;

namespace Chat.Cli.Scripts;

/// <summary><c>chat send</c>: sends one message and returns when it is stored.</summary>
internal static class SendScript
{
    /// <param name="text">Null: all of the standard input.</param>
    public static async Task<int> RunAsync(ScriptSession session, Conversation to, string? text, CancellationToken ct)
    {
        text ??= (await StandardStreams.OpenInput().ReadToEndAsync(ct)).ReplaceLineEndings("\n").TrimEnd('\n');
        var answer = await session.Client.SendAsync(to, text, ct);
        // A filter that drops a message says nothing to its sender.
        if (answer.Refusal is { Code: ClientCode.Dropped }) return ExitStatus.Ok;
        if (answer.IsRefused) return await session.RefuseAsync(answer.Refusal);
        session.Print(answer.Value, _ => { });
        return ExitStatus.Ok;
    }
}

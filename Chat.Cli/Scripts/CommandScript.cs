using Chat.Client;
using Chat.Protocol;

namespace Chat.Cli.Scripts;

/// <summary><c>chat run</c>: runs a slash-command and prints its reply.</summary>
internal static class CommandScript
{
    /// <param name="line">Null: the standard input, which hides secrets from other users of the machine.</param>
    public static async Task<int> RunAsync(ScriptSession session, string? line, CancellationToken ct)
    {
        var welcome = session.Client.Welcome!;
        var where = welcome.Rooms is [var room, ..] ? Conversation.Room(room) : Conversation.With(welcome.User);
        line ??= (await StandardStreams.OpenInput().ReadToEndAsync(ct)).Trim();
        var answer = await session.Client.RunAsync(where, "/" + line.TrimStart('/'), ct);
        if (answer.IsRefused) return await session.RefuseAsync(answer.Refusal);
        session.Print(answer.Value, screen =>
        {
            if (answer.Value.Text.Length > 0) screen.Print(LineFormat.Block(answer.Value.Text));
        });
        return ExitStatus.Ok;
    }
}

using System.Text.Json;

namespace Chat.Daemon.Commands;

/// <summary>How an invocation ended. <see cref="CommandRequests"/> turns it into frames.</summary>
internal abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <summary><c>ok</c>, or the refusal's code: for the audit and metrics.</summary>
    public virtual string Code => "ok";

    public sealed record Reply(string Text, JsonElement? Data = null) : CommandOutcome;

    /// <summary>A post to the conversation of the call: a message from the caller via the command, or a notice if ephemeral.</summary>
    public sealed record Post(string Text, bool Ephemeral, string Command) : CommandOutcome;

    public sealed record Refused(Refusal Refusal) : CommandOutcome
    {
        public override string Code => Refusal.Code;
    }
}

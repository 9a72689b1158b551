using System.Text.Json;

namespace Chat.Daemon.Commands;

/// <summary>How an invocation ended; the session makes frames of it.</summary>
internal abstract record CommandOutcome
{
    private CommandOutcome()
    {
    }

    /// <summary><c>ok</c>, or the refusal's code: for audit and metrics.</summary>
    public virtual string Code => "ok";

    public sealed record Reply(string Text, JsonElement? Data = null) : CommandOutcome;

    /// <summary>To the conversation where it was issued: a message of the caller's via <paramref name="Command"/>, or, ephemeral, a notice.</summary>
    public sealed record Post(string Text, bool Ephemeral, string Command) : CommandOutcome;

    /// <param name="Error">What is wrong with which stretch of the line; null where the arguments are not to blame.</param>
    public sealed record Refusal(string Reason, string Text, TimeSpan? RetryAfter = null, ArgumentError? Error = null) : CommandOutcome
    {
        public override string Code => Reason;
    }
}

/// <summary>Codes of commands beyond those that the protocol pins.</summary>
internal static class CommandRefusal
{
    /// <summary>The same call again within 30 s runs it.</summary>
    public const string Confirm = "confirm";
}

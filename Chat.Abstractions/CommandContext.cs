namespace Chat;

/// <summary>What one invocation knows: who called, from where. It hands out no capabilities: those are injected.</summary>
public sealed class CommandContext
{
    /// <summary>A random token that also stands in the log and in the audit.</summary>
    public required string InvocationId { get; init; }

    /// <summary>The canonical name, whichever alias was typed.</summary>
    public required string Command { get; init; }

    public required User Caller { get; init; }

    /// <summary>Null in a direct conversation, and outside any.</summary>
    public Room? Room { get; init; }

    /// <summary>The other user of the direct conversation; null elsewhere.</summary>
    public User? Peer { get; init; }

    /// <summary>The caller's: <c>pt-BR</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "pt-BR";

    /// <summary>Cancelled at the deadline, when the caller's session ends, and when the plugin or the daemon stops. Pass it on to whatever waits.</summary>
    public CancellationToken Aborted { get; init; }

    /// <summary>The room, for a command that is declared for rooms only.</summary>
    /// <exception cref="InvalidOperationException">It was issued outside of a room: the command lacks <see cref="Where.Room"/>.</exception>
    public Room RequiredRoom => Room ?? throw new InvalidOperationException($"The command {Command} reads its room, but is not declared for rooms only.");
}

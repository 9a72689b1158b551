namespace Chat;

/// <summary>The caller and the conversation of one invocation. Inject the capabilities that you need; the context provides none.</summary>
public sealed class CommandContext
{
    /// <summary>A random token that identifies the invocation in the log and in the audit.</summary>
    public required string InvocationId { get; init; }

    /// <summary>The command's canonical name, even if the caller typed an alias.</summary>
    public required string Command { get; init; }

    public required User Caller { get; init; }

    /// <summary>Null in a direct conversation, and outside any conversation.</summary>
    public Room? Room { get; init; }

    /// <summary>The other user of a direct conversation; null elsewhere.</summary>
    public User? Recipient { get; init; }

    /// <summary>The caller's language: <c>pt-BR</c> or <c>en</c>.</summary>
    public string Language { get; init; } = "pt-BR";

    /// <summary>
    /// Cancelled at the deadline, when the caller's session ends, and when the plugin or the daemon stops. Pass it to every call that
    /// waits.
    /// </summary>
    public CancellationToken Aborted { get; init; }

    /// <summary>The room, for a command with <c>[OnlyIn(Where.Room)]</c>.</summary>
    /// <exception cref="InvalidOperationException">The command ran outside a room: it lacks <see cref="Where.Room"/>.</exception>
    public Room RequiredRoom => Room ?? throw new InvalidOperationException(
        $"The command \"{Command}\" needs a room, but ran outside one. Add [OnlyIn(Where.Room)] to it.");
}

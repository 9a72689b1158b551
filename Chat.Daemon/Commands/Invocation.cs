using System.Globalization;
using Chat.Daemon.Hooks;

namespace Chat.Daemon.Commands;

/// <summary>One run of a command. Each stage fills in values for the later ones; only one stage uses it at a time.</summary>
internal sealed class Invocation(CommandCall call, long startedAt)
{
    private PluginLease? lease;

    public CommandCall Call { get; } = call;

    public long StartedAt { get; } = startedAt;

    /// <summary>The reference in the caller's refusal and in the log. It is not secret; an early refusal needs none.</summary>
    public string Id => field ??= Random.Shared.NextInt64(1L << 40).ToString("x10", CultureInfo.InvariantCulture);

    public CommandTexts Texts { get; } = CommandTexts.In(call.Language);

    public CommandRegistry.Snapshot Snapshot { get; private set; } = null!;

    /// <summary>Null where no such command was found.</summary>
    public CatalogueEntry? Entry { get; private set; }

    /// <summary>The UTF-16 index in the line where the command's name ends.</summary>
    public int ArgumentsAt { get; private set; }

    public BoundArguments? Bound { get; private set; }

    public ArgumentValues? Values { get; set; }

    public CommandOutcome? Outcome { get; set; }

    public CommandDescriptor Descriptor => Entry!.Descriptor;

    /// <summary>The command's name in the caller's language.</summary>
    public string Shown => Entry!.NameIn(Texts.Language);

    /// <param name="lease">Null if the method will not run.</param>
    public void Found(CommandRegistry.Snapshot snapshot, CatalogueEntry entry, int argumentsAt, PluginLease? lease) =>
        (Snapshot, Entry, ArgumentsAt, this.lease) = (snapshot, entry, argumentsAt, lease);

    /// <summary>The caller disposes of it; null on every call after the first.</summary>
    public PluginLease? TakeLease() => Interlocked.Exchange(ref lease, null);

    public BoundArguments Bind() => Bound ??= Call.Bind(Descriptor.Parameters, ArgumentsAt);
}

using System.Text.RegularExpressions;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>Something that the daemon does for plugins which ask for it, by injection.</summary>
/// <param name="Contract">The interface that they ask with.</param>
internal sealed partial record Capability(Type Contract)
{
    /// <summary>All there are; a test holds it against what the daemon registers.</summary>
    public static readonly IReadOnlyList<Capability> All =
    [
        new(typeof(IAccounts)), new(typeof(IAudit)), new(typeof(IDaemonControl)), new(typeof(IFilterSwitch)), new(typeof(IHelp)), new(typeof(IMessages)), new(typeof(IModeration)),
        new(typeof(INotices)), new(typeof(IPermissions)), new(typeof(IPlugins)), new(typeof(IRooms)), new(typeof(IScheduler)), new(typeof(ISettings<>)), new(typeof(IStorage)),
    ];

    /// <summary>The contract's, without what makes it an interface: <c>DaemonControl</c>.</summary>
    public string Name { get; } = Contract.Name[1..].Split('`')[0];

    /// <summary>In words: <c>daemon control</c>.</summary>
    public override string ToString() => Inner().Replace(Name, " $0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Inner();
}

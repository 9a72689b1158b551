using System.Text.RegularExpressions;

namespace Chat.Daemon.Plugins.Inspection;

/// <summary>Something that the daemon offers to plugins by injection.</summary>
/// <param name="Contract">The interface to inject.</param>
internal sealed partial record Capability(Type Contract)
{
    /// <summary>A test compares this list with what the daemon registers.</summary>
    public static readonly IReadOnlyList<Capability> All =
    [
        new(typeof(IAccounts)), new(typeof(IAudit)), new(typeof(IBlocks)), new(typeof(IBots)), new(typeof(IDaemonControl)),
        new(typeof(IDiagnostics)), new(typeof(IDirectory)), new(typeof(IFilterSwitch)), new(typeof(IHandlerSwitch)), new(typeof(IHelp)),
        new(typeof(IHttpClients)), new(typeof(IMessages)), new(typeof(IModeration)), new(typeof(INotices)), new(typeof(IPermissions)),
        new(typeof(IPluginFolder)), new(typeof(IPlugins)), new(typeof(IRooms)), new(typeof(IScheduler)),
        new(typeof(ISearch)), new(typeof(ISettings<>)), new(typeof(IStorage)),
    ];

    /// <summary>The interface's name without the I: <c>DaemonControl</c>.</summary>
    public string Name { get; } = Contract.Name[1..].Split('`')[0];

    /// <summary>In words: <c>daemon control</c>.</summary>
    public override string ToString() => InnerCapital().Replace(Name, " $0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex InnerCapital();
}

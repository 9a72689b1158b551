using System.Collections.Immutable;

namespace Chat.Daemon.Configuration;

internal sealed class PluginOptions(SettingReader read)
{
    public ImmutableArray<string> Folders { get; } = read.List("Chat:Plugins:Folders", ["Plugins"],
        "Drop folders: a DLL that appears here is loaded, and trusted like the daemon itself (--plugins, may be repeated).", Takes.AtStart);

    public ImmutableArray<string> Allowed { get; } = read.List("Chat:Plugins:Allowed", [],
        "SHA-256 hashes of the files that dropped plugins may consist of, as sha256sum prints them; empty: whatever is dropped runs. docs/plugins.md says how to make the list.");

    public int PollMilliseconds { get; } = read.Whole("Chat:Plugins:PollMilliseconds", 2_000, "milliseconds", 100, 3_600_000,
        "How often the drop folders are looked at. Most changes are seen at once; those of a network share only so.", Takes.AtStart);

    public int SettleMilliseconds { get; } = read.Whole("Chat:Plugins:SettleMilliseconds", 750, "milliseconds", 0, 60_000,
        "How long files must not change before they count as complete. Raise it where plugins are copied over a slow line.", Takes.AtStart);
}

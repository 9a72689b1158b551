using System.Collections.Immutable;

namespace Chat.Daemon.Configuration;

internal sealed class PluginOptions(SettingReader read)
{
    public ImmutableArray<string> Folders { get; } = read.List("Chat:Plugins:Folders", ["Plugins"],
        "Drop folders (--plugins, repeatable). The daemon loads every DLL that appears in one, and trusts it like itself.",
        TakesEffect.AtStart);

    public ImmutableArray<string> Allowed { get; } = read.List("Chat:Plugins:Allowed", [],
        "SHA-256 hashes of the files allowed in dropped plugins, as sha256sum prints them. If empty, every dropped plugin runs. "
        + "docs/plugins.md explains how to make the list.");

    public ImmutableDictionary<string, ImmutableArray<string>> Names { get; } = read.ListMap(
        "Chat:Plugins:Names", ImmutableDictionary<string, ImmutableArray<string>>.Empty,
        "Other names for commands of a plugin, by its id, where two plugins want the same: dice = [\"rolar=jogar\"]. Takes effect when the "
        + "plugin starts. Permissions keep their names.");

    public int PollMilliseconds { get; } = read.Integer("Chat:Plugins:PollMilliseconds", 2_000, "milliseconds", 100, 3_600_000,
        "How often the daemon polls the drop folders. It notices most changes at once, but those on a network share only by polling.",
        TakesEffect.AtStart);

    public int SettleMilliseconds { get; } = read.Integer("Chat:Plugins:SettleMilliseconds", 750, "milliseconds", 0, 60_000,
        "How long a plugin's files must stay unchanged before the daemon loads them. Raise it if plugins are copied over a slow "
        + "connection.", TakesEffect.AtStart);
}

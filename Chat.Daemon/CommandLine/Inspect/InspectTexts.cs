using Chat.Daemon.Configuration;
using Chat.Daemon.Plugins.Inspection;

namespace Chat.Daemon.CommandLine.Inspect;

/// <summary>The texts of <c>chatd inspect</c>.</summary>
internal sealed class InspectTexts(string language) : Texts(language)
{
    public string Description => Text();

    public string PathMissing => Text();

    public string NothingThere(string path) => Text([path]);

    public string Version => Text();

    public string Contract => Text();

    public string Level(int level) => Text([level]);

    public string Commands => Text();

    public string Command(string names, string permission, string role) => Text([names, permission, role]);

    public string MoreCommands => Text();

    public string AsksFor => Text();

    public string Hooks => Text();

    public string Filter(string name) => Text([name]);

    public string Handler(string name, string happened) => Text([name, happened]);

    public string Handover(string name) => Text([name]);

    public string HostedService(string name) => Text([name]);

    public string Job(string name) => Text([name]);

    public string Route(string route, string permission, string role) => Text([route, permission, role]);

    public string OpenRoute(string route, string permission) => Text([route, permission]);

    public string MoreHooks => Text();

    public string AndMore(int count) => Text([count]);

    public string None => Text();

    public string Remark => Text();

    public string Taken => Text();

    public string TakenHow => Text();

    public string Refused => Text();

    /// <summary>What a plugin with this capability may do. Each capability has a text of its name.</summary>
    internal string May(Capability capability) => Text(capability.Name);
}

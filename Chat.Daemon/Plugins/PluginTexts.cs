using Chat.Daemon.Configuration;

namespace Chat.Daemon.Plugins;

/// <summary>The texts about plugins in one language; <see cref="LocalizedText"/> has them in both.</summary>
internal sealed class PluginTexts : Texts
{
    public static readonly PluginTexts Portuguese = new("pt-BR"), English = new("en");

    private PluginTexts(string language) : base(language)
    {
    }

    public string IsModule => Text();
    public string NotAPlugin => Text();
    public string NoEntry => Text();
    public string Waiting => Text();
    public string Quarantined => Text();
    public string KilledProcess => Text();
    public string RolledBack => Text();

    public string AttributeUnreadable(string attribute) => Text([attribute]);
    public string BadId(int maxLength) => Text([maxLength]);
    public string ContractTooNew(int level, int newest) => Text([level, newest]);
    public string ContractTooOld(int level, int oldest) => Text([level, oldest]);
    public string SeveralEntries(int count, string names) => Text([count, names]);
    public string MissingReference(string name, string version, string folder) => Text([name, version, folder]);
    public string MissingLibraryReference(string library, string names) => Text([library, names]);
    public string NewerReference(string library, string name, string version, string here) => Text([library, name, version, here]);
    public string NotAnAssembly(string file) => Text([file]);
    public string IncompleteDll(string file) => Text([file]);
    public string Unreadable(string reason) => Text([reason]);
    public string NoDll(string name) => Text([name]);
    public string CopyFailed(string folder, string reason) => Text([folder, reason]);
    public string WorldWritable(string path) => Text([path]);
    public string CopyMissing(string version) => Text([version]);
    public string NotAllowed(string file, string hash) => Text([file, hash]);
    public string StartTimeout(double seconds) => Text([seconds]);
    public string MissingFile(string file) => Text([file]);
    public string VersionMismatch(string reason) => Text([reason]);
    public string ContainerFailed(string reason) => Text([reason]);
    public string Threw(string type, string reason) => Text([type, reason]);
    public string ServiceThrew(string service, string type, string reason) => Text([service, type, reason]);
    public string ServiceTimeout(string service, double seconds) => Text([service, seconds]);
    public string DaemonFailed(string reason) => Text([reason]);
    public string OtherContract(string type, string contract) => Text([type, contract]);
    public string LoadedTwice(string name) => Text([name]);
    public string Command(string name, string problem) => Text([name, problem]);
    public string NameTaken(string name, string command, string plugin) => Text([name, command, plugin]);
    public string Settings(string path, string reason) => Text([path, reason]);
    public string SettingsTooLarge(string path, int bytes) => Text([path, bytes]);
    public string SettingsNull(string path) => Text([path]);
    public string SettingsThrew(string path, string type, string reason) => Text([path, type, reason]);
    public string SameId(string id, string other) => Text([id, other]);
    public string ReplacesShipped(string version) => Text([version]);
    public string DroppedDidNotStart(string version) => Text([version]);
}

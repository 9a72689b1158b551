using System.Net;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.CommandLine;

/// <summary>The texts of the command line.</summary>
internal sealed class ProgramTexts(string language) : Texts(language)
{
    public string Program => Text();

    public string Check => Text();

    public string CheckData => Text();

    public string Config => Text();

    public string ConfigShow => Text();

    public string ConfigInit => Text();

    public string AccountCommands => Text();

    public string AccountPassword => Text();

    public string AccountNameMissing => Text();

    public string AccountUnknown(string name, string folder) => Text([name, folder]);

    public string AccountNewPassword(string name, string password) => Text([name, password]);

    public string Sdk => Text();

    public string SdkFrom => Text();

    public string SdkFolderMissing => Text();

    public string SdkFolderTaken(string folder) => Text([folder]);

    public string SdkPackagesMissing(string version, string places) => Text([version, places]);

    public string SdkNeedsDotnet => Text();

    public string SdkSourcesUnknown(string why) => Text([why]);

    public string SdkRestoresElsewhere(string folder) => Text([folder]);

    public string SdkWritten(string version, string folder) => Text([version, folder]);

    public string Dev => Text();

    public string DevData => Text();

    public string DevProjectMissing(string path) => Text([path]);

    public string DevBuilding(string project) => Text([project]);

    public string DevNotBuilt => Text();

    public string DevNotBuiltYet => Text();

    public string DevSame => Text();

    public string DevTaken(string project) => Text([project]);

    public string DevSettingKept(string key) => Text([key]);

    public string DevRunning(IPEndPoint address) => Text([address]);

    public string DevWatching(string folder) => Text([folder]);

    public string OptionListen => Text();

    public string OptionHttp => Text();

    public string OptionData => Text();

    public string OptionPlugins => Text();

    public string OptionConfig => Text();

    public string OptionSetting => Text();

    public string OptionLang => Text();

    public string BadLanguage(string language) => Text([language]);

    public string OptionHelp => Text();

    public string OptionVersion => Text();

    public string HelpUsage => Text();

    public string HelpCommands => Text();

    public string HelpOptions => Text();

    public string HelpMore => Text();

    public string IcuMissing => Text();

    public string CheckProblem => Text();

    public string CheckHeld => Text();

    public string CheckSkipped => Text();

    public string FolderHeld => Text();

    public string PortProbablyHeld => Text();

    public string SkippedHeld => Text();

    public string SkippedFolder => Text();

    public string CheckIcu => Text();

    public string CheckSettings => Text();

    public string UnknownArgument(string argument) => Text([argument]);

    public string MistypedArgument(string argument, string nearest) => Text([argument, nearest]);

    public string SubcommandMissing(string command) => Text([command]);

    public string ValueMissing(string option) => Text([option]);

    public string Failed(string kind, string why) => Text([kind, why]);

    public string CheckCertificate(string path) => Text([path]);

    public string CheckFolder(string key, string folder) => Text([key, folder]);

    public string CheckDatabase(string folder) => Text([folder]);

    public string Written(string path) => Text([path]);

    public string FileExists(string path) => Text([path]);

    public string FileNotWritable(string path, string why) => Text([path, why]);

    public string FirstAdminPassword(string password) => Text([password]);

    public string LogFolderUnusable(string folder, string why) => Text([folder, why]);

    public string LogConfigurationUnusable(string why) => Text([why]);

    public string FolderNotWritable(string key, string folder) => Text([key, folder]);

    public string FolderNotReadable(string key, string folder) => Text([key, folder]);

    public string PortInUse(string key, IPEndPoint address) => Text([key, address]);

    public string PortForbidden(string key, IPEndPoint address) => Text([key, address]);

    public string AddressNotHere(string key, IPEndPoint address) => Text([key, address]);

    public string PortFailed(string key, IPEndPoint address, string why) => Text([key, address, why]);
}

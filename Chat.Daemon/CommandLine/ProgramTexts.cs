using System.Net;
using Chat.Daemon.Configuration;

namespace Chat.Daemon.CommandLine;

/// <summary>The texts of the command line.</summary>
internal sealed class ProgramTexts(string language) : Texts(language)
{
    public string Program => Text();

    public string NodeStandsBy(string node) => Text([node]);

    public string NodeServes(string node) => Text([node]);

    public string NodeNameTaken(string node) => Text([node]);

    public string NodeLost(string node) => Text([node]);

    public string Check => Text();

    public string CheckData => Text();

    public string Config => Text();

    public string ConfigShow => Text();

    public string ConfigInit => Text();

    public string AccountCommands => Text();

    public string AccountPassword => Text();

    public string AccountNameMissing => Text();

    public string AccountUnknown(string name, string folder) => Text([name, folder]);

    public string Admin => Text();

    public string AdminReset => Text();

    public string AdminUnknown(string name, string admins) => Text([name, admins]);

    public string AccountOfPlugin(string name) => Text([name]);

    public string AccountBusy => Text();

    public string AccountExport => Text();

    public string AccountExportMissing => Text();

    public string AccountExported(string name, string file, long bytes) => Text([name, file, bytes]);

    public string AccountErase => Text();

    public string AccountEraseMessages => Text();

    public string AccountEraseYes => Text();

    public string AccountEraseMissing => Text();

    public string AccountEraseConfirm(string name) => Text([name]);

    public string AccountEraseUnconfirmed => Text();

    public string AccountLastAdmin(string name) => Text([name]);

    public string AccountErasing(string name, string placeholder) => Text([name, placeholder]);

    public string AccountErased(string name, string placeholder) => Text([name, placeholder]);

    public string AccountKept => Text();

    public string AccountKeptIn(string files) => Text([files]);

    public string AccountOldDatabase(string folder) => Text([folder]);

    public string AccountNewPassword(string name, string password) => Text([name, password]);

    public string Backup => Text();

    public string BackupFileMissing => Text();

    public string BackupFileExists(string file) => Text([file]);

    public string DatabaseOnServer => Text();

    public string BackupNoDatabase(string folder) => Text([folder]);

    public string ControlNotAnswered(string folder, string why) => Text([folder, why]);

    public string BackupNotWritten(string file, string why) => Text([file, why]);

    /// <param name="needed">Megabytes.</param>
    /// <param name="free">Megabytes.</param>
    public string BackupNoRoom(string folder, string needed, string free) => Text([folder, needed, free]);

    /// <inheritdoc cref="BackupNoRoom"/>
    public string BackupNoRoomForCopy(string folder, string needed, string free) => Text([folder, needed, free]);

    public string BackupWritten(string file, long kilobytes) => Text([file, kilobytes]);

    public string Restore => Text();

    public string RestoreFileMissing => Text();

    public string RestoreNoFile(string file) => Text([file]);

    public string RestoreFailed(string folder, string why) => Text([folder, why]);

    public string Restored(string file, string folder) => Text([file, folder]);

    public string RestoreKept(string file) => Text([file]);

    public string Migrate => Text();

    public string MigrateFrom => Text();

    public string MigrateTo => Text();

    public string MigrateMissing => Text();

    public string MigrateSameKind => Text();

    public string MigrateGoesOn => Text();

    public string MigrateProgress(string table, long done, long total) => Text([table, done, total]);

    public string Migrated(string source, string target, long rows, long conversations, long seconds) =>
        Text([source, target, rows, conversations, seconds]);

    public string MigrateSetServer(string folder) => Text([folder]);

    public string MigrateSetFolder(string folder) => Text([folder]);

    public string MigrateDatabase => Text();

    public string MigrateFiles(string folder) => Text([folder]);

    public string MigrateRetired(string source) => Text([source]);

    public string MigrateOthers(string folder, string names) => Text([folder, names]);

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

    public string DevListen => Text();

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

    public string CheckServer(string place) => Text([place]);

    public string Written(string path) => Text([path]);

    public string FileExists(string path) => Text([path]);

    public string FileNotWritable(string path, string why) => Text([path, why]);

    public string FirstAdminPassword(string password) => Text([password]);

    public string LogFolderUnusable(string folder, string why) => Text([folder, why]);

    public string LogConfigurationUnusable(string why) => Text([why]);

    public string FolderReadOnly(string key, string folder) => Text([key, folder]);

    public string FolderNotWritable(string key, string folder) => Text([key, folder]);

    public string FolderNotReadable(string key, string folder) => Text([key, folder]);

    public string PortInUse(string key, IPEndPoint address) => Text([key, address]);

    public string PortForbidden(string key, IPEndPoint address) => Text([key, address]);

    public string AddressNotHere(string key, IPEndPoint address) => Text([key, address]);

    public string PortFailed(string key, IPEndPoint address, string why) => Text([key, address, why]);
}

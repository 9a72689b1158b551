using Chat.Daemon.Configuration;

namespace Chat.Daemon.Storage;

/// <summary>Says why the data folder or its database cannot be used, and what to do.</summary>
internal sealed class StorageTexts(string language) : Texts(language)
{
    public string FolderInUse(string folder) => Text([folder]);

    public string FolderReadOnly(string folder) => Text([folder]);

    public string FolderUnusable(string folder, string why) => Text([folder, why]);

    public string FileUnusable(string path, string why) => Text([path, why]);

    public string PathTooLong(string path) => Text([path]);

    public string NoRoom(string path) => Text([path]);

    public string Damaged(string path, string problems) => Text([path, problems]);

    public string IndexDamaged(string path, string problem) => Text([path, problem]);

    public string OtherProblems(int count) => Text([count]);

    public string Missing(string path) => Text([path]);

    public string Empty(string path) => Text([path]);

    public string UnfinishedTransaction(string path) => Text([path]);

    public string OfAnotherProgram(string path) => Text([path]);

    public string Newer(string path, long found, int known) => Text([path, found, known]);

    public string WithoutSharedMemory(string path) => Text([path]);

    public string Unusable(string path, string why, string remedy) => Text([path, why, remedy]);

    public string NoConnectionString(string setting) => Text([setting]);

    public string WrongConnectionSetting(string setting, string keyword) => Text([setting, keyword]);

    public string ServerUnusable(string place, string why) => Text([place, why]);

    public string ServerInUse(string place) => Text([place]);

    public string WrittenByAnother(string place) => Text([place]);

    public string IsStandby(string place) => Text([place]);

    public string NotDurable(string place, string setting) => Text([place, setting]);

    public string WrongEncoding(string place) => Text([place]);

    public string NoSchema(string place) => Text([place]);

    public string SchemaNotEmpty(string place) => Text([place]);

    public string LostWrites(string place) => Text([place]);

    public string NothingToMigrate(string place) => Text([place]);

    public string OldSchema(string place) => Text([place]);

    public string TargetNotEmpty(string place) => Text([place]);

    public string UnfinishedCopy(string place) => Text([place]);

    public string CopyOfAnother(string place) => Text([place]);

    public string CopyDiffers(string place, string table, string conversation, long expected, long found) =>
        Text([place, table, conversation, expected, found]);

    public string NoZeroCharacter(string table, string column, string key) => Text([table, column, key]);

    public string NodesLive(string place) => Text([place]);

    public string MoveAway => Text();

    public string Restore => Text();

    public string FreeSpace => Text();

    public string CloseOther => Text();

    public string AllowWriting => Text();

    public string CheckDisk => Text();
}

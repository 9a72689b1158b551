using System.Globalization;
using Chat.Cli.Terminal;
using Chat.Client.Programs;

namespace Chat.Cli;

/// <summary>The texts of the client. Arguments from others must be harmless already.</summary>
/// <param name="isUtf8">Whether the terminal shows more than ASCII.</param>
internal sealed class CliTexts(string language, bool isUtf8 = true) : Texts(language, CultureInfo.InvariantCulture)
{
    public string Language { get; } = language;

    public string Program => Text();

    public string OptionConnect => Text();

    public string OptionTls => Text();

    public string OptionCa => Text();

    public string OptionRegister => Text();

    public string OptionUser => Text();

    public string OptionPassword => Text();

    public string OptionRoom => Text();

    public string OptionLang => Text();

    public string OptionJson => Text();

    public string OptionHelp => Text();

    public string OptionVersion => Text();

    public string BadAddress(string address) => Text([address]);

    public string BadName(string name) => Text([name]);

    public string BadLanguage(string language) => Text([language]);

    public string AskUser => Text();

    public string AskPassword(string user) => Text([user]);

    public string AskNewPassword(string user) => Text([user]);

    public string AskPasswordAgain => Text();

    public string PasswordsDiffer => Text();

    public string AskSecret(string name) => Text([name]);

    public string AskSecretAgain(string name) => Text([name]);

    public string SecretsDiffer => Text();

    public string Registered(string user) => Text([user]);

    public string NotRegistered(string why) => Text([why]);

    public string BadCa(string file, string why) => Text([file, why]);

    public string ExitStatuses => Text();

    public string UserRequired => Text();

    public string PasswordRequired => Text();

    public string CannotConnect(string daemon, string why) => Text([daemon, why]);

    public string NothingListens(string daemon) => Text([daemon]);

    public string Welcome(string daemon, string login) => Text([daemon, login]);

    public string AsGuest(string user) => Text([user]);

    public string AsSavedGuest(string user) => Text([user]);

    public string WithPassword(string user) => Text([user]);

    public string WithSavedSession(string user) => Text([user]);

    public string TypedAheadDiscarded => Text();

    public string BegunEarly => Text();

    public string LoginRefused(string why) => Text([why]);

    public string SessionKept(string why) => Text([why]);

    public string InRoom(string room) => Text([room]);

    public string Members(string names) => Text([names]);

    public string AndMore(string names, long count) => Text([names, count]);

    public string DirectListed(string names) => Text([names]);

    public string Unread(string conversations) => Text([conversations]);

    public string UnreadWithMentions(string conversation, long mentions) => Text([conversation, mentions]);

    public string LeftRoom(string room) => Text([room]);

    public string KickedFromRoom(string room) => Text([room]);

    public string BannedFromRoom(string room) => Text([room]);

    public string RoomDeleted(string room) => Text([room]);

    public string RoomAccessLost(string room) => Text([room]);

    public string LeftElsewhere(string room) => Text([room]);

    public string RemovedFromRoom(string room, string why) => Text([room, why]);

    public string Arrived(string names, string room) => Text([names, room]);

    public string Departed(string names, string room) => Text([names, room]);

    public string Missed(string place, long count) => Text([place, count]);

    public string ConversationReset(string place) => Text([place]);

    public string Unobtainable(string place, long last, string why) => Text([place, last, why]);

    public string Skipped(long count) => Text([count]);

    public string ConnectionLost(string why) => Text([why]);

    public string LostByShutdown => Text();

    public string LostBySlowReading => Text();

    public string Reconnected => Text();

    public string NextTry(long seconds) => Text([seconds]);

    public string NextTryLine(long seconds) => Text([seconds]);

    public string WaitingLine(string line) => Text([line]);

    public string LinesWaiting(long count) => Text([count]);

    public string NotSent(string line) => Text([line]);

    public string MaybeSent(string line) => Text([line]);

    public string Refused(string why) => Text([why]);

    public string Erased => Text();

    public string Edited(string who, string message) => Text([who, message]);

    public string Deleted(string who, string message) => Text([who, message]);

    public string Reacted(string who, string message, string emoji) => Text([who, message, emoji]);

    public string Unreacted(string who, string message, string emoji) => Text([who, message, emoji]);

    public string ChangedMeanwhile(string message, string from) => Text([message, from]);

    public string DeletedMeanwhile(string message, string from) => Text([message, from]);

    public string NowIn(string place) => Text([place]);

    public string NoRoom => Text();

    public string NoRoomKept => Text();

    public string ChooseRoom => Text();

    public string PromptNoRoom => Text();

    public string NotInThatRoom(string room) => Text([room]);

    public string SwitchUsage => Text();

    public string OutcomeUnknown => Text();

    public string NotConfirmed(string line) => Text([line]);

    public string SessionEnded => Text();

    public string Unreachable => Text();

    public string TextEmpty => Text();

    public string TextTooLong => Text();

    public string BadCharacters => Text();

    public string BadJson(string why) => Text([why]);

    public string EndedTakenOver => Text();

    public string EndedKicked => Text();

    public string EndedBanned => Text();

    public string EndedSession => Text();

    public string EndedOther(string why) => Text([why]);

    public string OutputGone(string why) => Text([why]);

    public string OutputClosed => Text();

    public string TokenNotKept(string why) => Text([why]);

    public string TokenNotRemoved(string why) => Text([why]);

    public string SlowLine(long seconds, string line) => Text([seconds, line]);

    public string Day(DateOnly day) => Text([day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)]);

    public string NewMessages => Text();

    public string NewMessagesAndMore(long more) => Text([more]);

    public string EarlierIn(string conversation) => Text([conversation]);

    public string EarlierEnds(string conversation) => Text([conversation]);

    public string NothingEarlier(string conversation) => Text([conversation]);

    public string MentionsOfYou => Text();

    public string NoMentions => Text();

    public string CameAndWent(string came, string room, string went) => Text([came, room, went]);

    public string SettingIs(string name, string value) => Text([name, value]);

    public string SetUsage => Text();

    public string NoMessageFits => Text();

    public string EditorFailed => Text();

    public string EditorTextTooLong => Text();

    public string SearchPrompt(string query) => Text([query]);

    public string LocalHeading => Text();

    public string KeysHelp => Text();

    public string LocalSwitch => Text();

    public string LocalHistory => Text();

    public string LocalMentions => Text();

    public string LocalReply => Text();

    public string LocalSet => Text();

    public string LocalClear => Text();

    public string LocalQuit => Text();

    public string SessionUnknown(string daemon, string server) => Text([daemon, server]);

    public string NameInUse(string daemon) => Text([daemon]);

    public string ArgumentRoom => Text();

    public string ArgumentText => Text();

    public string ArgumentCommand => Text();

    public string OptionSince => Text();

    public string OptionLimit => Text();

    public string OptionBefore => Text();

    public string OptionRunRoom => Text();

    public string CommandSend => Text();

    public string CommandTail => Text();

    public string CommandHistory => Text();

    public string CommandRun => Text();

    public string CommandCompletion => Text();

    public string BadTime(string text) => Text([text]);

    public string BadLimit(string text) => Text([text]);

    public string ScriptStatuses => Text();

    public string ArgumentProfile => Text();

    public string CommandConfig => Text();

    public string CommandConfigInit => Text();

    public string CommandConfigPath => Text();

    public string ConfigWritten(string path) => Text([path]);

    public string ConfigExists(string path) => Text([path]);

    public string ConfigNotWritten(string path, string why) => Text([path, why]);

    public string ConfigWritable(string path) => Text([path]);

    public string ConfigFolderWritable(string path, string folder) => Text([path, folder]);

    public string BadConfig(string path, string why) => Text([path, why]);

    public string BadConfigLine(string path, long line, string why) => Text([path, line, why]);

    public string ConfigTooLong => Text();

    public string ConfigUnreadable => Text();

    public string ConfigNotJson => Text();

    public string ConfigWhole => Text();

    public string ConfigUnknown(string name, string names) => Text([name, names]);

    public string ConfigTwice(string name) => Text([name]);

    public string ConfigNotText(string name) => Text([name]);

    public string ConfigNotFlag(string name) => Text([name]);

    public string ConfigNotList(string name) => Text([name]);

    public string ConfigNotGroup(string name) => Text([name]);

    public string ConfigNotOneOf(string name, string names) => Text([name, names]);

    public string ConfigNotConversation(string name) => Text([name]);

    public string ConfigNotStyle(string text) => Text([text]);

    public string ConfigNotProfile(string name) => Text([name]);

    public string ConfigNotAlias(string name) => Text([name]);

    public string ConfigNotKey(string name) => Text([name]);

    public string ConfigNotAction(string text, string names) => Text([text, names]);

    public string NoSuchOption(string name) => Text([name]);

    public string NoSuchProfile(string name, string path) => Text([name, path]);

    public string PasswordCommandFailed(string why) => Text([why]);

    public string PasswordCommandStatus(long status) => Text([status]);

    public string PasswordCommandEmpty => Text();

    public string PasswordCommandLong => Text();

    public string PasswordCommandSlow(long seconds) => Text([seconds]);

    /// <summary>The usage of a command of the client.</summary>
    public string Local(LocalCommand command) => command.Action switch
    {
        LocalAction.Switch => LocalSwitch,
        LocalAction.History => LocalHistory,
        LocalAction.Mentions => LocalMentions,
        LocalAction.Reply => LocalReply,
        LocalAction.Set => LocalSet,
        LocalAction.Clear => LocalClear,
        LocalAction.Quit => LocalQuit,
        _ => "/" + command.NameIn(Language),
    };

    protected override string Say(string text) => isUtf8 ? text : AsciiText.Fold(text);
}

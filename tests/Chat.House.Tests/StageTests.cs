using System.Text.RegularExpressions;

namespace Chat.House.Tests;

/// <summary>The folders of the daemon are stages, and each uses only the stages that the table allows.</summary>
[TestClass]
public sealed class StageTests
{
    private static readonly string[] OfAll = ["Configuration", "Diagnostics"];

    /// <summary>
    /// The engine of a stage does not know sessions. The code that answers a frame lies beside that engine and knows the session that
    /// sent the frame. Only the loop, which dispatches frames, knows all code that answers them.
    /// </summary>
    private const string Requests = "Requests", Loop = "Loop";

    /// <summary>Files that count as another stage than their folder.</summary>
    private static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["Messages/PendingAppend"] = "Delivery",
        ["Messages/PendingChange"] = "Delivery",
        ["Messages/PendingMessage"] = "Delivery",
        ["Messages/Sender"] = "Delivery",
        ["Messages/PendingAppends"] = "Delivery",
        ["Messages/Bot"] = "Delivery",
        ["Messages/DirectConversationCache"] = "Rooms",
        ["Messages/BotAccounts"] = Requests,
        ["Messages/BotMessages"] = Requests,
        ["Messages/ChangeAccess"] = Requests,
        ["Messages/ChangeRequests"] = Requests,
        ["Messages/ConversationLookup"] = Requests,
        ["Messages/DeletionAudit"] = Requests,
        ["Messages/MessageDeletions"] = Requests,
        ["Messages/FoundConversation"] = Requests,
        ["Messages/MessageRequests"] = Requests,
        ["Messages/Recipients"] = Requests,
        ["Messages/Resends"] = Requests,
        ["Messages/MentionRequests"] = Requests,
        ["Messages/MentionResolver"] = Requests,
        ["Messages/MessageSubmission"] = Requests,
        ["Messages/OutgoingText"] = Requests,
        ["Messages/TextGate"] = Requests,
        ["Messages/TypingRequests"] = Requests,
        ["Messages/HistoryRequests"] = Requests,
        ["Messages/SearchRequests"] = Requests,
        ["Messages/SearchScopes"] = Requests,
        ["Messages/FoundPages"] = Requests,
        ["Hooks/EventBus"] = "Rooms",
        ["Reading/LostAccess"] = Requests,
        ["Reading/ReadRequests"] = Requests,
        ["Reading/RoomLists"] = Requests,
        ["Rooms/RoomRequests"] = Requests,
        ["Rooms/MemberRequests"] = Requests,
        ["Rooms/RoomEntry"] = Requests,
        ["Rooms/RoomAccess"] = Requests,
        ["Rooms/RoomCreation"] = Requests,
        ["Rooms/RoomLimits"] = Requests,
        ["Rooms/RoomDirectory"] = Requests,
        ["Rooms/RoomSettings"] = Requests,
        ["Rooms/RoomRetention"] = Requests,
        ["Rooms/RoomDeletion"] = Requests,
        ["Rooms/UnusedRooms"] = Requests,
        ["Rooms/RoomModeration"] = Requests,
        ["Rooms/Notifier"] = Requests,
        ["Commands/CommandRequests"] = Requests,
        ["Commands/CompletionRequests"] = Requests,
        ["Commands/CommandPosts"] = Requests,
        ["Commands/EntityDirectory"] = Requests,
        ["Sessions/UserSubscriptions"] = Requests,
        ["Sessions/WelcomeLists"] = Requests,
        ["Sessions/SessionLoop"] = Loop,
        ["Sessions/RequestHandlers"] = Loop,
        ["Sessions/ConnectionServer"] = Loop,
        ["Sessions/SilentConnections"] = Loop,
    };

    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Configuration"] = [],
        ["Diagnostics"] = [],
        ["Transport"] = [],
        ["Storage"] = [],
        ["Search"] = ["Storage"],
        ["Hooks"] = [],
        ["Messages"] = [],
        ["Accounts"] = ["Storage", "Search"],
        ["Commands"] = ["Hooks", "Accounts", "Storage"],
        ["Delivery"] = ["Transport", "Storage", "Accounts"],
        ["Reading"] = ["Storage", "Accounts", "Delivery"],
        ["Rooms"] = ["Transport", "Storage", "Accounts", "Hooks", "Commands", "Delivery", "Reading"],
        ["Sessions"] = ["Transport", "Storage", "Accounts", "Messages", "Delivery", "Reading", "Rooms"],
        [Requests] =
            ["Transport", "Storage", "Search", "Accounts", "Hooks", "Commands", "Messages", "Delivery", "Reading", "Rooms", "Sessions"],
        [Loop] = ["Transport", "Storage", "Accounts", "Commands", "Messages", "Delivery", "Rooms", "Sessions", Requests],
        ["Capabilities"] =
            ["Transport", "Storage", "Accounts", "Hooks", "Commands", "Messages", "Delivery", "Rooms", "Sessions", Requests,
                "Lifetime", "Plugins", "Cluster"],
        ["Plugins"] = ["Accounts", "Hooks", "Commands"],
        ["Cluster"] = ["Storage", "Transport", "Sessions"],
        ["Control"] = ["Storage", "Accounts", "Sessions"],
        ["Lifetime"] = ["Transport", "Storage", "Accounts", "Commands", "Rooms", "Sessions", "Cluster", "Web", Requests, Loop],
        ["Web"] = ["Transport", "Accounts", "Hooks", "Commands", "Sessions", Loop],
        // The subcommands compose and check every stage; no stage uses them.
        ["CommandLine"] =
        [
            "Transport", "Storage", "Search", "Delivery", "Accounts", "Rooms", "Commands", "Hooks", "Sessions", "Plugins", "Web",
            "Lifetime", "Control", "Cluster",
        ],
    };

    private static readonly List<SourceFile> Files = [.. Repository.Product.Where(file => StageOf(file) is not null)];

    /// <summary>The stages that declare a type, by its namespace and name.</summary>
    private static readonly ILookup<(string Namespace, string Type), string> Declared =
        Files.SelectMany(f => CodeText.TypesIn(f.Code).Select(t => (Key: (NamespaceOf(f), t), Stage: StageOf(f)!)))
            .ToLookup(d => d.Key, d => d.Stage);

    [TestMethod]
    public void AreInTheTable() => Files.Select(file => StageOf(file)!).Distinct().Where(s => !MayUse.ContainsKey(s))
        .AssertNone("Add these folders of Chat.Daemon to the table in this test, with the folders that they may use:");

    [TestMethod]
    public void OfTheTableAreFolders() => MayUse.Keys.Where(stage => stage is not (Requests or Loop))
        .Concat(MayUse.Values.SelectMany(used => used).Where(stage => !MayUse.ContainsKey(stage)))
        .Where(stage => !Directory.Exists(Path.Combine(Repository.Root, "Chat.Daemon", stage)))
        .AssertNone("The table of stages names folders that do not exist:");

    [TestMethod]
    public void ExceptionsAreFiles() => Elsewhere.Keys.Where(name => Files.All(f => f.Path != $"Chat.Daemon/{name}.cs"))
        .AssertNone("The table of exceptions names files that do not exist:");

    [TestMethod]
    public void UseOnlyAllowedStages() => Files.Where(file => !IsRegistration(file)).SelectMany(
        file => Used(file).Where(u => !May(StageOf(file)!, u.Stage)).Select(u => $"{file.Path} uses {u.Type} of {u.Stage}"))
        .AssertNone("The table in this test does not allow these uses:");

    [TestMethod]
    public void AreTheirNamespaces() => Files
        .SelectMany(file => Regex.Matches(file.Code, @"\bnamespace\s+([\w.]+)").Select(match => match.Groups[1].Value)
            .Where(space => space != string.Join('.', file.Path.Split('/')[..^1]))
            .Select(space => $"{file.Path}: {space}"))
        .AssertNone("A file's namespace is its folder; here it is not:");

    [TestMethod]
    public void AreNamedWhereTheyAreUsed()
    {
        const string rule = "A using for the whole project hides which file depends on which stage:";
        var globalUsing = new Regex(@"\bglobal\s+using\s+(static\s+)?Chat\.Daemon\.[\w.]+");
        Repository.Product.Where(file => file.Path.StartsWith("Chat.Daemon/", StringComparison.Ordinal))
            .SelectMany(file => file.Places(file.Code, globalUsing)).AssertNone(rule);
        Repository.Files.Where(file => file.Path == "Chat.Daemon/Chat.Daemon.csproj")
            .SelectMany(file => file.Places(file.Text, new Regex(@"<Using\s+Include=""Chat\.Daemon\.[\w.]+"))).AssertNone(rule);
    }

    [TestMethod]
    public void TheTableHasNoCycle()
    {
        var done = new HashSet<string>();
        while (MayUse.Keys.FirstOrDefault(stage => !done.Contains(stage) && MayUse[stage].All(done.Contains)) is { } next) done.Add(next);
        MayUse.Keys.Except(done).AssertNone("These folders depend on each other in a cycle:");
    }

    /// <summary>A stage registers all its types in one place, those that count as another stage too.</summary>
    private static bool IsRegistration(SourceFile file) => file.Name.EndsWith("Registration.cs", StringComparison.Ordinal);

    private static bool May(string stage, string used) =>
        stage == used || OfAll.Contains(used) || MayUse.GetValueOrDefault(stage, []).Contains(used);

    /// <summary>The types that a file names and can see through its namespace and usings.</summary>
    private static IEnumerable<(string Type, string Stage)> Used(SourceFile file)
    {
        var own = NamespaceOf(file);
        var visible = Regex.Matches(file.Code, @"\busing\s+(?:static\s+)?(Chat\.Daemon[\w.]*)\s*;")
            .Select(match => match.Groups[1].Value).Append(own).Append("Chat.Daemon").ToList();
        var named = Regex.Matches(file.Code, @"(?<![\w.])[A-Z]\w*").Select(m => m.Value).Distinct();
        return named.SelectMany(type => visible.SelectMany(space => Declared[(space, type)].Select(stage => (type, stage)))).Distinct();
    }

    private static string NamespaceOf(SourceFile file) => Regex.Match(file.Code, @"\bnamespace\s+([\w.]+)").Groups[1].Value;

    /// <summary>
    /// The first folder below <c>Chat.Daemon</c>, or the stage that an exception gives the file. Null for files directly in it, and for
    /// other projects.
    /// </summary>
    private static string? StageOf(SourceFile file) => file.Path.Split('/') is ["Chat.Daemon", var stage, .., var name]
        ? Elsewhere.GetValueOrDefault($"{stage}/{Path.GetFileNameWithoutExtension(name)}", stage)
        : null;
}

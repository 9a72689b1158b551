using Chat.Daemon.Configuration;
using Chat.Daemon.Diagnostics;
using Fuzz.Mutation;
using static Fuzz.FuzzFailureException;

namespace Fuzz.Targets;

/// <summary>Settings: lines of <c>Key=value</c>, or a JSON file. Valid ones stay the same when written and read again.</summary>
internal sealed class SettingsTarget : IFuzzTarget, IDisposable
{
    private const string Secret = "q7-never-shown";

    private readonly string file = Path.Combine(Scratch.Folder, $"settings-{Guid.NewGuid():N}.json");

    public string Name => "settings";

    public IEnumerable<byte[]> Seeds => new[]
    {
        """{"Chat":{"Listen":{"Tcp":"127.0.0.1:0"},"Plugins":{"Folders":["a","b"]},"Roles":{"guest":["-room.create"]}}} // x""",
        "Chat:Listen:Tcp=*:5050\nChat:Listen:AllowPlaintext=true\nChat:Limits:OutboxBytes=65536",
        "Chat:Rooms:Default=praça\nChat:Language=EN\nChat:Accounts:Registration=invitation\nChat:History:Durability=full",
        "Chat:Roles:guest:0=-room.create\nChat:Roles:member=a\nChat:Plugins:Allowed:0=00\nChat:Admin:Password=s3gr3d0",
        "Chat:Listen:Https=[::1]:443\nChat:Tls:Certificate=a.pem\nChat:Data:Folder=\nChat:Limit:Outbox=1",
    }.Select(Pieces.Utf8);

    public IReadOnlyList<string> Tokens { get; } =
    [
        .. ChatOptions.Read([], SettingTexts.English).Declared.Select(s => s.Key), "\n", "=", ":", ":0=", ":99999=", "127.0.0.1:0", "off",
        "[::1]:1", "*:65535", "localhost:65536", "true", "2147483648", "-1", "\"Chat\":{", "[null]", "/*", "//",
    ];

    public IReadOnlyList<MutationStep> Mutations { get; } = [.. JsonMutations.All, .. TextMutations.All, .. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input)
    {
        var layer = input is [(byte)'{' or (byte)'[', ..] ? FromJson(input) : FromLines(Pieces.TextOf(input));
        var password = SettingLayer.Of("password", [KeyValuePair.Create("Chat:Admin:Password", Secret)]);
        var reading = ChatOptions.Read([layer, password], SettingTexts.English);
        foreach (var problem in reading.Problems)
            ThrowUnless(Printable.Escape(problem).Length > 10, "A problem is a sentence");
        ThrowUnless(!reading.Problems.Any(p => p.Contains(Secret, StringComparison.Ordinal)), "No problem tells a secret");
        if (reading.Problems.Count > 0) return;
        var again = ChatOptions.Read([SettingLayer.Of("again", reading.Values.SelectMany(v => v.Entries))], SettingTexts.English);
        ThrowUnless(again.Problems.Count == 0, $"Valid settings stay valid: {string.Join(' ', again.Problems)}");
        ThrowUnless(reading.Values.All(value => again.Values.Any(value.SameAs)), "Settings that are written and read stay the same");
    }

    public void Dispose() => File.Delete(file);

    private static SettingLayer FromLines(string text) => SettingLayer.Of("fuzz",
        text.Split('\n').Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2)
            .Select(parts => KeyValuePair.Create(parts[0], parts[1])));

    private SettingLayer FromJson(ReadOnlySpan<byte> input)
    {
        File.WriteAllBytes(file, input);
        return new SettingsFile(file, Required: true).Load(SettingTexts.English)!;
    }
}

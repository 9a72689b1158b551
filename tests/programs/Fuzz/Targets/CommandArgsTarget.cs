using System.Text.Json;
using Chat.Daemon.Commands;
using Chat.Protocol;
using Fuzz.Mutation;

namespace Fuzz.Targets;

/// <summary>A <c>command</c> frame and its <c>args</c>.</summary>
internal sealed class CommandArgsTarget : IFuzzTarget
{
    private readonly CommandStand stand = new();

    public string Name => "command-args";

    public IEnumerable<byte[]> Seeds => new (string Name, string Args)[]
    {
        ("nada", "{}"), ("x y", """{"quieto":true}"""), ("kick", """{"alvo":"ana","por":"5m","quiet":"não","motivo":"a b"}"""),
        ("tudo", """{"a":3,"B":"maca","opção":2.5,"vários":[1,"2",3]}"""), ("um1", """{"valor":1,"o":null}"""),
        ("um5", """{"valor":"1h30m"}"""), ("um9", """{"valor":"00000000-0000-0000-0000-000000000001"}"""),
        ("os6", """{"valores":["ana"]}"""),
        ("os3", """{"valores":[1.5,1e3,true]}"""), ("ex uai", "null"),
    }.Select(s => Pieces.Utf8(
        $$"""{"type":"command","name":{{JsonSerializer.Serialize(s.Name)}},"args":{{s.Args}},"room":"geral","id":"1"}"""));

    public IReadOnlyList<string> Tokens { get; } =
    [
        "\"valor\":", "\"valores\":", "\"o\":", "\"alvo\":", "\"por\":", "\"quieto\":", "\"a\":", "\"b\":", "\"vários\":", "\"OPCAO\":",
        "\"um0\"", "\"um2\"", "\"um3\"", "\"um4\"", "\"um6\"", "\"um7\"", "\"um8\"", "\"os0\"", "\"os2\"", "\"os5\"", "\"os9\"", "\"ana\"",
        "\"@gil\"", "\"#geral\"", "\"1h\"", "\"sim\"", "[1,2,3]", "[\"a\",[1]]", "\"\\u001b[2J\"", "\"a\\nb\"",
    ];

    public IReadOnlyList<MutationStep> Mutations { get; } =
        [.. JsonMutations.All, .. JsonMutations.All, .. TextMutations.All, .. ByteMutations.All];

    public void Run(ReadOnlySpan<byte> input)
    {
        if (FrameReader.ReadClient(Pieces.Sequence(input)).Frame is not ClientFrame.Command frame) return;
        if (stand.Catalogue.Find(frame.Name) is { } entry)
            stand.Check(entry, ArgsBinder.Bind(entry.Descriptor.Parameters, frame.Args), 0, 0);
        stand.Run(CommandStand.Frame(frame, input.Length % 2 == 0 ? "en" : "pt-BR"));
    }
}

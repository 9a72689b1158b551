// Writes Chat.Protocol/Confusables.txt from Unicode's list of characters that look alike:
//
//   dotnet run --project tests/programs/Confusables -- confusables.txt > Chat.Protocol/Confusables.txt
//
// Changing the table changes the keys of existing names: add a migration that fills the columns look_key again.
using System.Globalization;
using System.Text;
using Chat.Protocol;

var lines = File.ReadAllLines(args[0]);
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
Console.Out.NewLine = "\n";
Console.WriteLine($"""
    # Characters that look alike: the scalar values on the right look like the text on the left.
    # Written by tests/programs/Confusables from Unicode's confusables.txt, version {Version()}
    # (https://www.unicode.org/Public/security/). Only what can be in the key of a name, so the data is modified.
    # Copyright © Unicode, Inc. Under the Unicode License v3: https://www.unicode.org/license.txt
    # SPDX-License-Identifier: Unicode-3.0
    """.ReplaceLineEndings("\n"));
foreach (var like in Pairs().Where(pair => IsOfKeys(pair.From)).GroupBy(pair => pair.To).OrderBy(like => like.Key, StringComparer.Ordinal))
    foreach (var slice in like.Select(pair => pair.From).Order().Chunk(16))
        Console.WriteLine($"{like.Key} < {string.Join(' ', slice.Select(from => $"{from:X4}"))}");

string Version() => lines.First(line => line.StartsWith("# Version: ", StringComparison.Ordinal))["# Version: ".Length..];

IEnumerable<(int From, string To)> Pairs() => lines
    .Select(line => line.TrimStart('\uFEFF').Split('#')[0].Split(';', StringSplitOptions.TrimEntries))
    .Where(fields => fields.Length == 4 || fields.Length == 3)
    .Select(fields => (int.Parse(fields[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), fields[1]));

// Keys are in lower case, and decomposed before they are mapped. 中 mixes with every script, and lets a mark be in a name.
static bool IsOfKeys(int scalar)
{
    var text = char.ConvertFromUtf32(scalar);
    return UserName.TryParse($"中{text}", out var name) && name.Key == $"中{text}" && text.IsNormalized(NormalizationForm.FormKD);
}

# The sentences rules are written in. A developers' file: officers use it, they do not edit it.
#
# [when]sentence=constraint on a World     [then]conclusion=call
# {name:kind} captures what an officer writes; it is looked up, never pasted into the rule:
#   point    id of a point                     number|flag|choice   label of a fact of that type
#   limit    parameter of the rule's point     relation             how two numbers compare
#   flags    labels of several flags, joined by 、
#   answer   是 or 否                           value|values         values the vocabulary lists
# On the right a capture is the slot of what was looked up: n( ) numbers, f( ) flags, s( ) choices.
# {any:…} and {all:…} are written out for {each} of the values or flags.

[when]要点 {point:point}=about({point})

[when]<{left:number}> {relation:relation} 限值 {right:limit}=n({left}) {relation} n({right})
[when]<{left:number}> {relation:relation} <{right:number}>=n({left}) {relation} n({right})
[when]<{left:number}> 除以 <{over:number}> {relation:relation} 限值 {right:limit}=n({left}) {relation} n({right})

[when]<{flag:flag}> 为 {answer:answer}=f({flag}) == {answer}
[when]以下任一为 {answer:answer}：{flags:flags}={any:f({each}) == {answer}}
[when]以下全部为 {answer:answer}：{flags:flags}={all:f({each}) == {answer}}

[when]<{choice:choice}> 是 <{value:value}>={any:s({choice}) == {each}}
[when]<{choice:choice}> 不是 <{value:value}>={all:s({choice}) != {each}}
[when]<{choice:choice}> 属于 {values:values}={any:s({choice}) == {each}}
[when]<{choice:choice}> 不属于 {values:values}={all:s({choice}) != {each}}

[then]不符合=report.violated({rule}, $w.id());
[then]适用=report.applies({rule}, $w.id());

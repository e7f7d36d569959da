#!/bin/bash
# SPDX-FileCopyrightText: the GovPortal developers
# SPDX-License-Identifier: Apache-2.0
# Makes the demo's films and the broadcast from the pictures; needs ffmpeg, espeak-ng and chromium.
set -e
cd "$(dirname "$0")"; pictures=../pictures; out=../media; work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
# tour.mp4: five scenes of 4.6 s, slow pans, cross-faded
scenes=(city-01 bridge-02 oldtown-01 field-02 city-02); inputs=(); chain=; i=0
for s in "${scenes[@]}"; do
	inputs+=(-loop 1 -t 4.8 -i $pictures/$s.jpg)
	dir=$([ $((i % 2)) = 0 ] && echo "t/4.8" || echo "(1-t/4.8)")
	chain+="[$i]scale=768:432,crop=640:360:x='128*$dir':y=40,setsar=1,fps=25,format=yuv420p[v$i];"; i=$((i + 1))
done
last=v0; for k in 1 2 3 4; do chain+="[$last][v$k]xfade=duration=1:offset=$(awk "BEGIN{print 3.8*$k}")[x$k];"; last=x$k; done
ffmpeg -v error -y "${inputs[@]}" -filter_complex "${chain%;}" -map "[$last]" -t 20 -c:v libx264 -preset slow -crf 25 -maxrate 560k -bufsize 1000k -pix_fmt yuv420p -movflags +faststart $out/tour.mp4
# vaccine.mp4: four slides of 3 s
slide() { cat > $work/s.html <<H
<!doctype html><meta charset="utf-8"><style>body{margin:0;width:1280px;height:720px;background:linear-gradient(135deg,#eaf6f1,#fdf6ee);font-family:"Noto Sans CJK SC";color:#16423a;overflow:hidden}b{position:absolute;left:90px;top:90px;font:700 68px "Noto Serif CJK SC"}ul{position:absolute;left:90px;top:230px;margin:0;padding:0;list-style:none;font-size:40px;line-height:1.85}li:before{content:"";display:inline-block;width:16px;height:16px;border-radius:8px;background:#b3323c;margin:0 22px 6px 0}i{position:absolute;right:70px;bottom:60px;width:330px;height:330px;border-radius:170px;background:#2f9a82;opacity:.13}u{position:absolute;left:90px;bottom:60px;font-size:26px;text-decoration:none;color:#56756c}s{position:absolute;left:0;top:0;width:18px;height:720px;background:#b3323c}</style><s></s><i></i><b>$1</b><ul>$2</ul><u>云澜市卫生健康委员会　健康科普</u>
H
	chromium --no-sandbox --headless --disable-gpu --disable-background-networking --disable-component-update --user-data-dir=$work/p --window-size=1280,860 --screenshot=$work/raw.png $work/s.html 2>/dev/null
	ffmpeg -v error -y -i $work/raw.png -vf crop=1280:720:0:0,scale=640:360 $work/slide-$3.png; }
slide '秋冬季接种提醒' '<li>流感疫苗一般每年接种一次</li><li>老人、儿童、慢性病患者优先</li>' 1
slide '怎样预约' '<li>“健康云澜”线上预约</li><li>或致电社区卫生服务中心</li>' 2
slide '接种当天' '<li>带好身份证或者接种证</li><li>如实告知病史和过敏史</li>' 3
slide '接种以后' '<li>现场留观30分钟</li><li>不适及时联系接种门诊</li>' 4
ffmpeg -v error -y -loop 1 -t 3.5 -i $work/slide-1.png -loop 1 -t 3.5 -i $work/slide-2.png -loop 1 -t 3.5 -i $work/slide-3.png -loop 1 -t 3.5 -i $work/slide-4.png -filter_complex '[0][1]xfade=duration=0.5:offset=2.75,fps=25[a];[a][2]xfade=duration=0.5:offset=5.75,fps=25[b];[b][3]xfade=duration=0.5:offset=8.75,fps=25,format=yuv420p[c]' -map '[c]' -t 12 -c:v libx264 -preset slow -crf 27 -movflags +faststart $out/vaccine.mp4
# broadcast.mp3: a chime, then the announcement
espeak-ng -v cmn -s ${SPEED:-200} -p 45 -w $work/voice.wav '云澜市便民广播。今明两天,市区多云,早晚有雾,请注意行车安全。办事咨询,请拨打,一二三四五热线。'
ffmpeg -v error -y -f lavfi -i "aevalsrc='.25*sin(2*PI*659*t)*exp(-3*t)+.25*gt(t,.45)*sin(2*PI*523*t)*exp(-3*(t-.45))':d=1.5:s=44100" -i $work/voice.wav -filter_complex '[1]aresample=44100,volume=1.3[v];[0][v]concat=n=2:v=0:a=1,apad' -t 15 -ac 1 -b:a 64k $out/broadcast.mp3

